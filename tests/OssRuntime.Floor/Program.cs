using System.IO.Compression;
using OssRuntime.Floor;

// What reading layers costs whoever reads them: inflate, go from tar header to tar header, SHA-256 of the blob. Nothing is looked at and
// nothing is kept, so that no inventory can be cheaper. The benchmarks hold `ossruntime` against it, published with the same settings.
//   floor LAYER...      gzip-compressed blobs, one after the other on one thread
long entries = 0;
foreach (var path in args)
{
    using var blob = new HashedBlob(path);
    using var layer = new GZipStream(blob, CompressionMode.Decompress);
    entries += TarHeaders.Count(layer);
    blob.ReadToEnd();
}

Console.WriteLine($"{entries} headers");
