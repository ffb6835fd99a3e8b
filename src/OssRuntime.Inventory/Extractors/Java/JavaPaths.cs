using System.Text;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>What is a Java archive, and what in it tells about it.</summary>
internal static class JavaPaths
{
    /// <summary>True for the endings of Java archives: jar, war, ear, par, sar, rar, Jenkins plugins (jpi, hpi), Liferay's lpkg, NiFi's nar, Karaf's kar.</summary>
    public static bool IsArchive(ReadOnlySpan<byte> path)
    {
        if (path.Length < 5 || (path[^4] != '.' && path[^5] != '.'))
        {
            return false;
        }

        return Ends(path, ".jar"u8) || Ends(path, ".war"u8) || Ends(path, ".ear"u8) || Ends(path, ".par"u8) || Ends(path, ".sar"u8)
            || Ends(path, ".rar"u8) || Ends(path, ".jpi"u8) || Ends(path, ".hpi"u8) || Ends(path, ".lpkg"u8)
            || Ends(path, ".nar"u8) || Ends(path, ".kar"u8);
    }

    /// <summary>True for Maven's own statement about what was packed: <c>META-INF/maven/GROUP/ARTIFACT/pom.properties</c>.</summary>
    public static bool IsPomProperties(ReadOnlySpan<byte> name) => name.StartsWith("META-INF/maven/"u8) && name.EndsWith("/pom.properties"u8);

    /// <summary>True for the project file beside it.</summary>
    public static bool IsPom(ReadOnlySpan<byte> name) => name.StartsWith("META-INF/maven/"u8) && name.EndsWith("/pom.xml"u8);

    /// <summary>True for a class.</summary>
    public static bool IsClass(ReadOnlySpan<byte> name) => name.EndsWith(".class"u8);

    /// <summary>True for the manifest.</summary>
    public static bool IsManifest(ReadOnlySpan<byte> name) => name.SequenceEqual("META-INF/MANIFEST.MF"u8);

    /// <summary>True for an SBOM where Spring Boot and Quarkus lay it: <c>META-INF/sbom/application.cdx.json</c> (Spring Boot's reference, "Software Bill of Materials").</summary>
    public static bool IsSbom(ReadOnlySpan<byte> name) =>
        (name.StartsWith("META-INF/sbom/"u8) || name.StartsWith("BOOT-INF/classes/META-INF/sbom/"u8)) && (Ends(name, ".json"u8) || Ends(name, ".xml"u8));

    private static bool Ends(ReadOnlySpan<byte> path, ReadOnlySpan<byte> ending) => Ascii.EqualsIgnoreCase(path[^ending.Length..], ending);
}
