using System.Collections.Immutable;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Vex;

/// <summary>A product of a VEX statement.</summary>
/// <param name="Purl">Its package URL; one without a version stands for all versions. Null where the product is a platform that a CPE names.</param>
/// <param name="PlatformCpe">The CPE of the platform that it is a part of, or null.</param>
/// <param name="Subcomponents">The parts of it that the statement is about; empty for the product itself.</param>
public sealed record VexProduct(PackageUrl? Purl, string? PlatformCpe, ImmutableArray<PackageUrl> Subcomponents);
