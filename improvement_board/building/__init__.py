"""From a folder of sources to a published edition: computing, protecting, comparing with the one before, publishing."""
