"""The commands of ``kg``, one a file; each file's ``command`` is found by its name."""
