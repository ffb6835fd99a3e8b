using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>
/// The named properties that tools add to the entries of their SBOMs because the formats have no field for them: our own, and those of Syft and
/// Trivy that say the same.
/// </summary>
internal static class DraftProperties
{
    /// <summary>What the names of our own begin with.</summary>
    public const string Prefix = "ossruntime:";

    /// <summary>Takes a property; a name that is not known is passed over.</summary>
    public static void Take(PackageDraft draft, string? name, string? value)
    {
        if (name is null || string.IsNullOrEmpty(value))
        {
            return;
        }

        switch (name)
        {
            case "ossruntime:path" or "aquasecurity:trivy:FilePath" or "syft:location:0:path":
                draft.Path = value;
                break;
            case "ossruntime:layer" or "aquasecurity:trivy:LayerDigest":
                draft.Layer = Digest.TryParse(value, out var layer) ? layer : draft.Layer;
                break;
            case "ossruntime:license":
                draft.AddOneOfSeveralLicenses(value);
                break;
            case "ossruntime:origin":
                draft.Origin = value;
                break;
            case "ossruntime:supplier":
                draft.Supplier = value;
                break;
            case "ossruntime:thirdParty":
                draft.IsThirdParty = value == "true";
                break;
            case "ossruntime:ownedBy":
                draft.OwnedBy = DraftText.IsClean(value) ? value : null;
                break;
            case "ossruntime:type":
                draft.Type = Enum.TryParse<ComponentType>(value, out var type) && Enum.IsDefined(type) ? type : null;
                break;
            case "ossruntime:ecosystem":
                draft.Ecosystem = DraftText.IsClean(value) ? Ecosystem.Parse(value) : null;
                break;
            case "ossruntime:source:name" or "aquasecurity:trivy:SrcName" or "syft:metadata:source" or "syft:metadata:originPackage":
                draft.SourceName = value;
                break;
            case "ossruntime:source:version" or "aquasecurity:trivy:SrcVersion" or "syft:metadata:sourceVersion":
                draft.SourceVersion = value;
                break;
            case "aquasecurity:trivy:SrcRelease":
                draft.SourceRelease = value;
                break;
            case "aquasecurity:trivy:SrcEpoch":
                draft.SourceEpoch = value;
                break;
            default:
                TakeOs(draft.Os, name, value);
                break;
        }
    }

    private static void TakeOs(OsDraft os, string name, string value)
    {
        switch (name)
        {
            case "syft:distro:id":
                os.Id = value;
                break;
            case "syft:distro:versionID":
                os.VersionId = value;
                break;
            case "ossruntime:os:codename" or "syft:distro:versionCodename":
                os.Codename = value;
                break;
            case "ossruntime:os:prettyName" or "syft:distro:prettyName":
                os.PrettyName = value;
                break;
            case "ossruntime:os:cpe":
                os.CpeName = value;
                break;
            case "ossruntime:os:like":
            case var like when like.StartsWith("syft:distro:idLike:", StringComparison.Ordinal):
                os.IdLike.Add(value);
                break;
            default:
                break;
        }
    }
}
