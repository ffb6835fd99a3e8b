import java.io.*;
import org.apache.maven.artifact.versioning.ComparableVersion;

class Maven {
    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        var out = new PrintStream(new BufferedOutputStream(System.out), false, "UTF-8");
        for (String line; (line = in.readLine()) != null; ) {
            var pair = line.split(" ");
            out.println("<=>".charAt(1 + Integer.signum(new ComparableVersion(pair[0]).compareTo(new ComparableVersion(pair[1])))));
        }
        out.flush();
    }
}
