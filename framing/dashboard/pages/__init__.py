"""One file a page; Streamlit runs them as scripts, so importing one does nothing."""
