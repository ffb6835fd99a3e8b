namespace OssRuntime.EndToEnd.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    public static string Chart => At("helm/ossruntime");

    public static string At(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OssRuntime.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
