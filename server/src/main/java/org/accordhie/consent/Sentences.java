package org.accordhie.consent;

import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.accordhie.consent.Change.AnotherConsent;
import org.accordhie.consent.Change.AnotherOrganization;
import org.accordhie.consent.Change.AnotherPurpose;
import org.accordhie.consent.Change.AnotherTime;
import org.accordhie.consent.Change.WithoutConsents;
import org.accordhie.consent.Change.WithoutLaw;
import org.accordhie.consent.Proof.Decider;
import org.jspecify.annotations.Nullable;

/** Says a proof in plain English, no code without its meaning where that is known. Thread-safe. */
public final class Sentences {

    private final Audience audience;
    private final Phrases phrases;

    /**
     * For one reader.
     *
     * @param names what to call an organisation or a person, given as {@code [type]/[id]}; what has no name stays as it is
     */
    public Sentences(Audience audience, UnaryOperator<String> names) {
        this.audience = audience;
        this.phrases = new Phrases(names);
    }

    /** Who reads it. */
    public enum Audience {
        /** Wants the version and the place. */
        PRIVACY_OFFICER,
        /** Is told about their own record. */
        PATIENT
    }

    /** Whether the requester sees the resource, and why. */
    public String of(Proof proof) {
        var requester = proof.request().requester();
        return phrases.name(requester.organization())
                + (proof.permits() ? " may see " : " may not see ")
                + what(proof)
                + " "
                + Phrases.purposes(requester.purposes())
                + ", because "
                + because(proof)
                + ".";
    }

    /** Why, as what follows "because". */
    public String because(Proof proof) {
        var reasons = proof.deciders().stream()
                .map(decider -> because(decider, proof))
                .distinct();
        return Phrases.list(reasons, "and");
    }

    /** How much of a record one request gets. */
    public String of(AccessSummary summary) {
        var requester = summary.request().requester();
        var all = summary.all();
        return phrases.name(requester.organization()) + " may see " + all.visible() + " of "
                + (all.visible() + all.hidden()) + " resources " + Phrases.purposes(requester.purposes()) + ".";
    }

    /** What would have to be otherwise. */
    public String of(Counterfactual counterfactual) {
        return (counterfactual.permitted() ? "permitted " : "hidden ") + condition(counterfactual.change());
    }

    private String what(Proof proof) {
        var resource = proof.resource();
        return ofPatient() ? "this " + resource.type() : resource.reference() + " (version " + resource.version() + ")";
    }

    private String because(Decider decider, Proof proof) {
        var permits = proof.permits();
        return switch (decider.ground()) {
            case RELATION -> decider.title();
            case CATEGORY -> category(Category.valueOf(decider.title()), permits);
            case NEVER -> "the rule " + law(decider) + " forbids it whatever " + patient() + " said";
            case ALWAYS -> "the rule " + law(decider) + " permits it whatever " + patient() + " said";
            case UNCOMPUTABLE, DENIED, PERMITTED, OTHER_DATA -> consent(decider) + says(decider, proof);
            case REQUIRES_CONSENT ->
                "the rule " + law(decider) + " asks for a consent that says so by name, and there is none";
            case DEFAULT -> byDefault(decider, permits);
            case BREAK_GLASS -> "an emergency is declared, which opens the record for a time";
        };
    }

    private String says(Decider decider, Proof proof) {
        return switch (decider.ground()) {
            case DENIED -> " says no" + place(decider, proof);
            case PERMITTED -> " says yes" + place(decider, proof);
            case OTHER_DATA -> " says yes to other data only";
            default -> " cannot be carried out as written" + reason(decider, proof);
        };
    }

    private static String category(Category category, boolean permits) {
        return switch (category) {
            case DIRECTORY -> "everybody on the exchange may read its directory";
            case DEMOGRAPHICS -> "privacy officers look after demographics";
            case CONSENT -> permits ? "privacy officers look after consents" : "a consent tells what its patient hides";
            case RECORD, UNATTRIBUTED -> "it names no patient, so that nobody's consent can be asked";
        };
    }

    private String byDefault(Decider decider, boolean permits) {
        var law = decider.title().isEmpty() ? "no rule" : "the rule " + law(decider);
        if (permits) {
            return "no consent speaks of it, and " + law + " permits it where " + patient() + " said nothing";
        }
        return "no consent permits it, and "
                + (decider.title().isEmpty()
                        ? "neither does any rule where " + patient() + " said nothing"
                        : law + " does not permit it where " + patient() + " said nothing");
    }

    private String consent(Decider decider) {
        return ofPatient() ? "a consent of yours" : Phrases.version(decider.rule());
    }

    private String law(Decider decider) {
        return "“" + decider.title() + "”" + (ofPatient() ? "" : " (" + Phrases.version(decider.rule()) + ")");
    }

    private String patient() {
        return ofPatient() ? "you have" : "the patient has";
    }

    private String place(Decider decider, Proof proof) {
        var rule = ruleOf(decider, proof);
        var stated = rule == null ? "" : phrases.stated(rule);
        if (ofPatient()) {
            return stated.isEmpty() ? "" : " in a rule that " + stated;
        }
        return " in `" + decider.path() + "`" + (stated.isEmpty() ? "" : ", which " + stated);
    }

    private static Proof.@Nullable Rule ruleOf(Decider decider, Proof proof) {
        return said(decider, proof)
                .map(Proof.Said::root)
                .filter(Objects::nonNull)
                .map(root -> root.at(decider.path()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private String reason(Decider decider, Proof proof) {
        return ofPatient()
                ? ""
                : said(decider, proof)
                        .map(Proof.Said::uncomputable)
                        .findFirst()
                        .map(reason -> " (" + reason + ")")
                        .orElse("");
    }

    private static Stream<Proof.Said> said(Decider decider, Proof proof) {
        return proof.purposes().stream()
                .flatMap(purpose -> purpose.patients().stream())
                .flatMap(patient -> patient.consents().stream())
                .filter(said -> said.id().equals(decider.rule()));
    }

    private String condition(Change change) {
        if (change instanceof AnotherPurpose other) {
            return "if the purpose were " + Phrases.purpose(other.purpose());
        }
        if (change instanceof WithoutConsents without) {
            return "without " + consents(without);
        }
        if (change instanceof WithoutLaw without) {
            return "without the rule “" + without.title() + "”";
        }
        if (change instanceof AnotherConsent consent) {
            return "with a consent of " + (ofPatient() ? "yours" : "the patient") + " that permits it"
                    + (consent.labels().isEmpty() ? "" : " and names " + Phrases.labels(consent.labels()));
        }
        if (change instanceof AnotherTime time) {
            return "if it were asked at " + time.at();
        }
        if (change instanceof AnotherOrganization other) {
            return "if " + phrases.name(other.organization()) + " asked";
        }
        return "in a declared emergency";
    }

    private String consents(WithoutConsents without) {
        if (ofPatient()) {
            return without.ids().size() == 1 ? "one of your consents" : "several of your consents";
        }
        return Phrases.list(without.ids().stream().sorted().map(Phrases::version), "and");
    }

    private boolean ofPatient() {
        return audience == Audience.PATIENT;
    }
}
