"""The dashboard: reads the choice of the user, calls the engine, shows what came back."""
