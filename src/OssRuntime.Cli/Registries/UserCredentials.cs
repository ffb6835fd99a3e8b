using OssRuntime.Inventory.Registry;

namespace OssRuntime.Cli.Registries;

/// <summary>The registry credentials of the user: those that <c>docker login</c> keeps.</summary>
internal static class UserCredentials
{
    private const int LargestFile = 1 << 20;

    /// <summary>What <c>~/.docker/config.json</c> holds; nothing where it is not there or cannot be read.</summary>
    public static IRegistryCredentials Read()
    {
        var file = new FileInfo(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker", "config.json"));
        try
        {
            return file.Exists && file.Length <= LargestFile && DockerConfig.TryParse(File.ReadAllBytes(file.FullName), out var config, out _)
                ? config!
                : new CombinedCredentials([]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new CombinedCredentials([]);
        }
    }
}
