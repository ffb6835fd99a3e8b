using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>A product of the lifecycle data.</summary>
/// <param name="Product">The product and its release cycles.</param>
/// <param name="Source">The source that tells of it.</param>
internal sealed record KnownProduct(LifecycleProduct Product, string Source);
