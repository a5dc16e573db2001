package org.accordhie.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadStateTest {

    private static final String HERE = "http://here/fhir clinic";
    private static final String ONE = BundleFile.digest("one".getBytes(StandardCharsets.UTF_8));
    private static final String TWO = BundleFile.digest("two".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path directory;

    @Test
    void remembersWhatIsFinished() throws IOException {
        open(HERE).finish("a.json", ONE);

        var later = open(HERE);

        assertThat(later.isFinished("a.json", ONE)).isTrue();
        assertThat(later.isFinished("a.json", TWO)).isFalse();
        assertThat(later.isFinished("b.json", ONE)).isFalse();
    }

    @Test
    void whatOneExchangeHasAnotherHasNot() throws IOException {
        open(HERE).finish("a.json", ONE);

        assertThat(open("http://there/fhir clinic").isFinished("a.json", ONE)).isFalse();
    }

    @Test
    void aLineCutShortCountsAsNoneAndSpoilsNotTheNext() throws IOException {
        open(HERE).finish("a.json", ONE);
        Files.writeString(directory.resolve(LoadState.FILE), TWO.substring(0, 30), StandardOpenOption.APPEND);

        open(HERE).finish("b.json", TWO);

        var later = open(HERE);
        assertThat(later.isFinished("a.json", ONE)).isTrue();
        assertThat(later.isFinished("b.json", TWO)).isTrue();
    }

    @Test
    void aRestartForgetsThisExchangeOnly() throws IOException {
        open(HERE).finish("a.json", ONE);
        open("elsewhere").finish("a.json", ONE);

        assertThat(LoadState.in(directory, HERE, true).isFinished("a.json", ONE))
                .isFalse();
        assertThat(open(HERE).isFinished("a.json", ONE)).isFalse();
        assertThat(open("elsewhere").isFinished("a.json", ONE)).isTrue();
    }

    private LoadState open(String target) throws IOException {
        return LoadState.in(directory, target, false);
    }
}
