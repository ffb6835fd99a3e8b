using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Vex;

/// <summary>The image that VEX statements are held against.</summary>
/// <param name="Inventory">Its inventory.</param>
/// <param name="Repository">Its repository with the registry (<c>registry.example/shop/web</c>), or null where it is not known.</param>
public sealed record VexSubject(ComponentInventory Inventory, string? Repository)
{
    /// <summary>The digest that the image was asked for by: its manifest's, or that of an index that led to it. Null where it is not known.</summary>
    public Digest? AskedFor { get; init; }

    /// <summary>
    /// True where a product is the image: <c>pkg:oci/web@sha256:…?repository_url=registry.example/shop/web</c>. The digest decides where there is one, else
    /// the repository; a name alone says nothing.
    /// </summary>
    internal bool IsImage(PackageUrl product)
    {
        if (product.Type is not ("oci" or "docker"))
        {
            return false;
        }

        if (product.Version is { } version)
        {
            return version == Inventory.Digest?.ToString() || version == AskedFor?.ToString();
        }

        var repository = product.Qualifier("repository_url") is { } url ? $"{url.TrimEnd('/')}" : null;
        return Repository is not null && repository is not null
            && (repository == Repository || $"{repository}/{product.Name}" == Repository);
    }
}
