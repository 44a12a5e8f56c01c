"""The W3C's SPARQL test suites put to a running service, over HTTP and nothing else.

``suites`` reads the manifests, ``served`` starts a service, ``client`` talks to it, ``runner``
asks one case and ``answers`` says whether what came back is what was wanted.
"""
