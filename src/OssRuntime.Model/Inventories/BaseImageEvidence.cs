namespace OssRuntime.Model.Inventories;

/// <summary>What told the base image, the surest last.</summary>
public enum BaseImageEvidence
{
    /// <summary>Only the image's annotations name it; which layers are its own is not known.</summary>
    Annotation,

    /// <summary>The image's history: a base ends with the command that it would have run (<c>CMD</c>), and the image's own steps follow.</summary>
    History,

    /// <summary>The lowest layers are those of an image that the user listed as a base.</summary>
    KnownLayers,
}
