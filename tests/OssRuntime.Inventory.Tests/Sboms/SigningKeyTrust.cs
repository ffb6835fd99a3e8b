using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Inventory.Tests.Sboms;

internal static class SigningKeyTrust
{
    extension(SigningKey key)
    {
        /// <summary>Who trusts this key alone.</summary>
        public SbomTrust Trust => SbomTrust.Nobody.With(key.Pem);
    }
}
