# One name for two platforms: the second has another architecture in its configuration and another last layer.
from base
site=$root/usr/local/lib/python3.11/dist-packages
python_package "$site" shop-search 1.0.0 Proprietary
layer 'COPY search for amd64'
write_truth

umoci tag --image "$layout:latest" amd64
rm -rf "$site"/shop_search*
python_package "$site" shop-search 1.0.1 Proprietary
umoci config --no-history --image "$layout:latest" --architecture arm64
layer 'COPY search for arm64'
umoci tag --image "$layout:latest" arm64
(truth=$truth/arm64; mkdir "$truth"; write_truth)
umoci gc --layout "$layout"

# descriptor ARCHITECTURE: of the manifest under that tag
descriptor() {
  jq -c --arg tag "$1" '.manifests[] | select(.annotations["org.opencontainers.image.ref.name"] == $tag)
    | {mediaType, digest, size, platform: {architecture: $tag, os: "linux"}}' "$layout/index.json"
}
jq -cn --argjson one "$(descriptor amd64)" --argjson two "$(descriptor arm64)" \
  '{schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests: [$one, $two]}' | tr -d '\n' >"$work/index"
digest=$(sha256sum "$work/index" | cut -d' ' -f1)
cp "$work/index" "$layout/blobs/sha256/$digest"
# The truth is written, and umoci's collector would take what only the index in the index leads to.
finish() { :; }
jq -c --arg digest "sha256:$digest" --argjson size "$(stat -c %s "$work/index")" \
  '.manifests = [{mediaType: "application/vnd.oci.image.index.v1+json", digest: $digest, size: $size,
    annotations: {"org.opencontainers.image.ref.name": "latest"}}]' "$layout/index.json" >"$work/top"
cp "$work/top" "$layout/index.json"
