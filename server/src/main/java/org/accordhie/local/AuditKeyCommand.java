package org.accordhie.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.accordhie.sealing.AnchorKeyFile;
import org.accordhie.sealing.AnchorKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the key that signs anchors. */
@Command(
        name = "key",
        sortOptions = false,
        description = {
            "Makes an Ed25519 key that signs the anchors of the audit trail, in a file that its owner alone may read, and prints"
                    + " the public part, which auditors keep. Name the file in `accord.audit.signing-key`.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:made", "2:wrong arguments", "3:there is such a file, or it cannot be written"})
final class AuditKeyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "where to write the key; it must not exist")
    private Path file = Path.of("audit-key.pem");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    @Override
    public Integer call() {
        try {
            AnchorKeyFile.create(file);
            var key = AnchorKeyFile.pair(file).getPublic();
            System.err.println("key " + AnchorKeys.idOf(key) + " is in " + file);
            System.out.print(AnchorKeyFile.publicText(key));
            return 0;
        } catch (FileAlreadyExistsException there) {
            System.err.println("stopped: " + file + " exists, and what it signed can be verified with it alone");
        } catch (IOException failed) {
            System.err.println("stopped: " + file + " cannot be written (" + failed + ")");
        }
        return AuditCommand.STOPPED;
    }
}
