package org.accordhie.consent.fhir;

import java.util.List;
import java.util.stream.Collectors;

/** A consent that this exchange cannot carry out as written. The message holds no data of the patient. */
public final class UnenforceableConsent extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Names the place and the reason.
     *
     * @param path a FHIRPath expression on the consent
     * @param reason what is wrong and how to say it
     */
    public UnenforceableConsent(String path, String reason) {
        this(List.of(new Problem(path, reason)));
    }

    /** Names every place with its reason. */
    UnenforceableConsent(List<Problem> problems) {
        super(problems.stream().map(Problem::said).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /**
     * One thing that cannot be carried out.
     *
     * @param path where, as a FHIRPath expression on the consent
     * @param reason what is wrong and how to say it
     */
    public record Problem(String path, String reason) {

        /** The place and the reason in one sentence. */
        public String said() {
            return "`" + path + "` " + reason;
        }
    }

    /** Everything that was found, in the order of reading. */
    public List<Problem> problems() {
        return problems;
    }

    /** Where the first one is, as a FHIRPath expression on the consent. */
    public String path() {
        return problems.get(0).path();
    }

    /** All places and reasons in one text. */
    public String reason() {
        return problems.stream().map(Problem::said).collect(Collectors.joining("; "));
    }
}
