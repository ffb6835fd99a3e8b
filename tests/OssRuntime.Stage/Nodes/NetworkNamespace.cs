using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OssRuntime.Stage.Nodes;

/// <summary>The network of another process. A socket belongs for ever to the namespace of the thread that made it (network_namespaces(7)).</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    private const int NewNet = 0x40000000; // CLONE_NEWNET

    private readonly SafeFileHandle _handle;

    private NetworkNamespace(SafeFileHandle handle) => _handle = handle;

    /// <summary>The namespace of a process; it lives as long as this object, even if the process does not.</summary>
    public static NetworkNamespace Of(int process) => new(File.OpenHandle($"/proc/{process}/ns/net", FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

    /// <summary>A new TCP socket in this namespace; how its thread is scheduled or where it is used from does not matter any more.</summary>
    /// <param name="prepare">Called with the socket, still inside.</param>
    /// <exception cref="SocketException">The preparation failed.</exception>
    public Socket Open(Action<Socket>? prepare = null)
    {
        Socket? socket = null;
        Exception? failure = null;
        // A thread of its own, which ends: none of the pool's may be left behind in there.
        var thread = new Thread(() =>
        {
            try
            {
                if (SetNamespace(_handle, NewNet) != 0)
                    throw new StageException($"The node's network cannot be entered: {Marshal.GetLastPInvokeErrorMessage()}");
                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                prepare?.Invoke(socket);
            }
            catch (Exception reason)
            {
                socket?.Dispose();
                failure = reason;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? socket! : throw failure;
    }

    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle file, int kind);
}
