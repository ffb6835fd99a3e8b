namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>What of an image's attachments is looked at: signatures and reports of scanners lie there too.</summary>
internal interface IAttachmentChoice
{
    /// <summary>The endings of cosign's tags that are looked at, in this order.</summary>
    IReadOnlyList<string> CosignEndings { get; }

    /// <summary>True for the type of an artifact that may hold what is looked for.</summary>
    bool MayHold(string artifactType);

    /// <summary>True for the predicate type of a statement that is read.</summary>
    bool IsWanted(string? predicateType);
}
