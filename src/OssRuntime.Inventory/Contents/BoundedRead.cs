using System.Buffers;
using OssRuntime.Inventory.Failures;

namespace OssRuntime.Inventory.Contents;

/// <summary>Reads small documents of which nobody knows how large they are.</summary>
internal static class BoundedRead
{
    /// <summary>All bytes of a stream.</summary>
    /// <exception cref="InventoryException">There are more than <paramref name="most"/>.</exception>
    public static async Task<byte[]> AllAsync(Stream stream, int most, string what, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
            {
                await content.WriteAsync(buffer.AsMemory(0, read), cancellation);
                if (content.Length > most)
                {
                    throw new InventoryException(FailureReason.LimitExceeded, $"{what} has more than {most} bytes");
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return content.ToArray();
    }
}
