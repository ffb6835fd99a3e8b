using System.Reflection.Metadata;

namespace OssRuntime.Inventory.Extractors.DotNet;

/// <summary>What an assembly calls itself (ECMA-335, II.22.2).</summary>
internal static class AssemblyIdentity
{
    private const string VersionAttribute = "AssemblyInformationalVersionAttribute";
    private const string ReferenceAttribute = "ReferenceAssemblyAttribute";

    /// <summary>
    /// The name, and the version that its author gave the release, which is the package's; the one that programs bind to often stays the same
    /// for years. Null for translations, and for assemblies that only compilers read and that have no code.
    /// </summary>
    public static (string Name, string Version)? Of(MetadataReader metadata)
    {
        var assembly = metadata.GetAssemblyDefinition();
        if (!assembly.Culture.IsNil && metadata.GetString(assembly.Culture).Length > 0)
        {
            return null;
        }

        var stated = assembly.Version.ToString();
        foreach (var handle in assembly.GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (Is(metadata, attribute, ReferenceAttribute))
            {
                return null;
            }

            if (Is(metadata, attribute, VersionAttribute) && Argument(metadata, attribute) is [>= '0' and <= '9', ..] text)
            {
                stated = text;
            }
        }

        var plus = stated.IndexOf('+', StringComparison.Ordinal);
        return (metadata.GetString(assembly.Name), (plus < 1 ? stated : stated[..plus]).Trim());
    }

    private static bool Is(MetadataReader metadata, CustomAttribute attribute, string name) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)parent).Name, name);

    /// <summary>The one argument, a text: it follows two bytes of prolog.</summary>
    private static string? Argument(MetadataReader metadata, CustomAttribute attribute)
    {
        var value = metadata.GetBlobReader(attribute.Value);
        return value.Length > 2 && value.ReadUInt16() == 1 ? value.ReadSerializedString() : null;
    }
}
