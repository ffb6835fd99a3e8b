using OssRuntime.Exposure.Pods;
using OssRuntime.Model.Images;

namespace OssRuntime.Operator.UnknownImages;

/// <summary>Takes images that are not known yet to be read, and says when to try again.</summary>
internal interface IUnknownImages
{
    /// <summary>The digest that a name was found to stand for that neither runs nor has an object; null where nobody looked or nothing was found.</summary>
    Digest? DigestOf(string name);

    /// <summary>Asks for an image to be read and returns at once, with half a sentence for the user: what happens to it and when to try again.</summary>
    /// <param name="image">As the pod names it.</param>
    /// <param name="pod">The pod, or the template of pods.</param>
    /// <param name="dryRun">True where nothing may come of it.</param>
    string Offer(string image, PodView pod, bool dryRun);
}
