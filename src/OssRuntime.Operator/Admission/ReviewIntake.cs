using System.Buffers;
using System.Text.Json;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// Takes a review in while it arrives. It ends in a request whatever the object is like: too large, cut, no JSON, too slow to come. Only what does not even say which
/// request it is cannot be answered.
/// </summary>
internal static class ReviewIntake
{
    // A pod of 3 MiB, the most that an API server takes, can have 100,000 containers; of each some hundred bytes are kept.
    private const int MostKept = 16 * 1024 * 1024;

    // 3 MiB of characters that JSON writes with six bytes, twice, is 36 MiB.
    private const long MostRead = 128L * 1024 * 1024;

    private const int Piece = 64 * 1024;

    /// <summary>Reads the request.</summary>
    /// <param name="body">The review.</param>
    /// <param name="plan">What is wanted of it.</param>
    /// <param name="late">Ends the reading: what came until then is what there is.</param>
    /// <exception cref="JsonException">It is no review.</exception>
    public static async Task<AdmissionRequest> ReadAsync(Stream body, JsonPlan plan, CancellationToken late)
    {
        var sieve = new JsonSieve(plan, MostKept);
        var problem = await FillAsync(sieve, body, late);
        return ReviewReader.Read(sieve.Document, problem ?? sieve.Problem ?? (sieve.IsComplete ? null : "it ends before its end"));
    }

    private static async Task<string?> FillAsync(JsonSieve sieve, Stream body, CancellationToken late)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            long read = 0;
            while (await body.ReadAsync(piece, late) is var count and > 0)
            {
                read += count;
                if (read > MostRead)
                {
                    return $"it has more than {MostRead} bytes";
                }

                // What follows the review is of no interest, and has to be read for an answer to be heard.
                sieve.Write(piece.AsSpan(0, count));
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            return "it did not arrive in time";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
