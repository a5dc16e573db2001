package org.accordhie.benchmark.growth;

import java.util.List;
import java.util.Locale;

/** What grows while the rest stays as it is. */
public enum Axis {
    /** More records, of which a fifth have a consent. */
    PATIENTS("patients"),
    /** More of the patients with a consent of one of the mixed kinds. */
    CONSENTS("per cent of the patients with a consent"),
    /** More consents of each patient, none of which concerns the reader. */
    EACH("consents of each patient"),
    /** More patients whose whole record is hidden from the reader, who asks about the others. */
    HIDDEN("per cent of the patients opted out");

    private final String unit;

    Axis(String unit) {
        this.unit = unit;
    }

    /** As on the command line and in names of files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its numbers count. */
    public String unit() {
        return unit;
    }

    /** Its steps, from the smallest. */
    public List<Integer> steps() {
        return switch (this) {
            case PATIENTS -> List.of(100, 300, 1000);
            case CONSENTS -> List.of(0, 20, 50, 100);
            case EACH -> List.of(1, 10, 50, 200);
            case HIDDEN -> List.of(0, 50, 90);
        };
    }
}
