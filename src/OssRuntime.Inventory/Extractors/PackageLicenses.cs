using System.Collections.Immutable;

namespace OssRuntime.Inventory.Extractors;

/// <summary>Licences that one file tells of an OS package that another file is the record of.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="Licenses">As declared.</param>
internal sealed record PackageLicenses(string Package, ImmutableArray<string> Licenses);
