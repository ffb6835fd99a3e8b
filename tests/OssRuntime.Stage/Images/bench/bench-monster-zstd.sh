# The monster image with layers compressed by zstd.
zstd_of bench-monster
