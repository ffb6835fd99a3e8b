namespace OssRuntime.Testing.Images;

/// <summary>How a test's layer is compressed.</summary>
public enum LayerCompressionKind
{
    /// <summary>As every builder does by default.</summary>
    Gzip,

    /// <summary>As newer builders can.</summary>
    Zstd,

    /// <summary>Not at all.</summary>
    None,
}
