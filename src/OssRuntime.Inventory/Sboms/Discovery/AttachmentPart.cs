using OssRuntime.Inventory.Manifests;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>One blob of an attachment.</summary>
/// <param name="Blob">Where it is.</param>
/// <param name="PredicateType">What statement it is said to hold (<c>in-toto.io/predicate-type</c> of BuildKit, <c>predicateType</c> of cosign), or null.</param>
/// <param name="Certificate">The signer's certificate in PEM, which cosign keeps beside an envelope; or null.</param>
/// <param name="Chain">The certificates above it in PEM, or null.</param>
internal sealed record AttachmentPart(BlobDescriptor Blob, string? PredicateType, string? Certificate, string? Chain);
