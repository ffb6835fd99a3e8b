# The python image with layers compressed by zstd.
zstd_of bench-python
