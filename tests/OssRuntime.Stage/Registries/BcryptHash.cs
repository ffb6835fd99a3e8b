using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OssRuntime.Stage.Registries;

/// <summary>Password hashes as an htpasswd file holds them, made by the C library's crypt(3), which every Linux distribution has with bcrypt.</summary>
internal static partial class BcryptHash
{
    private const int Cost = 4; // the lowest: a request's hash is computed each time, and the password guards nothing
    private const string Alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The hash of a password with a new salt, like <c>$2b$04$…</c>.</summary>
    /// <exception cref="StageException">The library has no bcrypt.</exception>
    public static string Of(string password)
    {
        // The last of the 22 letters carries two bits only; the others must be 0, which "." and "O" stand for.
        var salt = $"$2b${Cost:00}${RandomNumberGenerator.GetString(Alphabet, 21)}.";
        var hash = Marshal.PtrToStringAnsi(Crypt(password, salt));
        return hash is { Length: 60 } ? hash : throw new StageException("This machine's crypt library has no bcrypt.");
    }

    // Not safe for threads, and nobody else calls it: registries are started one after another.
    [LibraryImport("libcrypt.so.1", EntryPoint = "crypt", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Crypt(string password, string salt);
}
