"""The page as a document: a folder for each component, from page models to HTML by templates; drawn by `dashboard`."""
