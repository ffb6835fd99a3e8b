namespace OssRuntime.Stage.Images;

/// <summary>A group of image recipes.</summary>
public enum ImageSet
{
    /// <summary>For tests and for trying things out: all in a few minutes.</summary>
    Sample,

    /// <summary>For measuring: large, most of an hour.</summary>
    Bench,
}
