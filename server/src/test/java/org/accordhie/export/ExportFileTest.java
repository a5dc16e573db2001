package org.accordhie.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.accordhie.export.ExportJob.Listed;
import org.accordhie.export.ExportJob.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportFileTest {

    @Test
    void hasANameThatIsReadBack() {
        var file = new ExportFile("Observation", 12);

        assertThat(file.name()).isEqualTo("Observation-12");
        assertThat(ExportFile.parse(file.name())).contains(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Observation",
                "Observation-0",
                "Observation-01",
                "Observation-1 ",
                "-1",
                "../x-1",
                "A-1",
                "Observation-9999999999"
            })
    void isNotReadFromAnythingElse(String text) {
        assertThat(ExportFile.parse(text)).isEmpty();
    }

    @Test
    void aJobIsCompleteWithItsLastType() {
        var files = List.of(new Listed(new ExportFile("Patient", 1), 40), new Listed(new ExportFile("Patient", 2), 2));

        assertThat(job(false, 1, files).state()).isEqualTo(State.RUNNING);
        assertThat(job(false, 1, files).progress()).isEqualTo("1 of 2 types listed, 42 resources so far");
        assertThat(job(false, 2, files).state()).isEqualTo(State.COMPLETE);
        assertThat(job(true, 1, files).state()).isEqualTo(State.FAILED);
    }

    private static ExportJob job(boolean failed, int listed, List<Listed> files) {
        return new ExportJob(UUID.randomUUID(), "", Instant.EPOCH, Instant.EPOCH, failed, 2, listed, files);
    }
}
