namespace OssRuntime.Testing.Registry;

/// <summary>What the fake registry does wrong with a blob.</summary>
public enum FakeBlobFault
{
    /// <summary>It closes the connection after some bytes.</summary>
    Cut,

    /// <summary>It sends some bytes and then nothing more, and keeps the connection.</summary>
    Stall,

    /// <summary>It sends other bytes of the same length.</summary>
    Corrupt,

    /// <summary>It sends fewer bytes and says that these are all.</summary>
    Shorten,
}
