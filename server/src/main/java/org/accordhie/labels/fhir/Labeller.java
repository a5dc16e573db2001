package org.accordhie.labels.fhir;

import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.accordhie.labels.LabelBasis;
import org.accordhie.labels.LabelRules;
import org.accordhie.labels.Labels;
import org.accordhie.redaction.fhir.InlineLabels;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.SecurityLabel;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;

/**
 * Labels resources. A source may add a sensitivity or a higher confidentiality; what the rules find stays whatever the
 * source says. Thread-safe.
 */
public final class Labeller {

    private final LabelRules rules;

    public Labeller(LabelRules rules) {
        this.rules = rules;
    }

    /** The version of the rules. */
    public String version() {
        return rules.version();
    }

    /**
     * The labels that a version of a resource must have.
     *
     * @param given the labels that its source put on it
     * @param former the labels of the version before it; none for the first
     * @param labelsOf the labels of other resources, as {@code [type]/[id]}
     */
    public Labels labelsOf(
            Resource resource, Labels given, Labels former, Function<String, Optional<Labels>> labelsOf) {
        var labels = given;
        var parts = ResourceParts.of(resource);
        for (var part : parts) {
            labels = rules.add(labels, part.carried(), ResourceContent.codesOf(part), ResourceContent.textsOf(part));
        }
        labels = labels.with(former);
        for (var part : parts) {
            for (var address : TellingReferences.of(part)) {
                var target = labelsOf.apply(address);
                if (target.isPresent()) {
                    labels = labels.with(target.get().told().besides(part.carried()));
                }
            }
        }
        // Whoever gave a sensitivity, the record needs the protection that comes with it.
        for (var sensitivity : labels.sensitivities().entrySet()) {
            labels = labels.with(sensitivity.getKey(), sensitivity.getValue(), Confidentiality.R);
        }
        return labels;
    }

    /** The labels that a resource bears, as those of its source; one that stands inline on the whole of it too. */
    public static Labels read(Resource resource) {
        var labels = read(resource.getMeta());
        var inline = InlineLabels.on(resource);
        for (var sensitivity : inline.sensitivities()) {
            labels = labels.with(sensitivity, LabelBasis.SOURCE, inline.confidentiality());
        }
        return labels.confidentiality().isAtLeast(inline.confidentiality())
                ? labels
                : labels.with(new Labels(new TreeMap<>(), inline.confidentiality(), LabelBasis.SOURCE));
    }

    /** Those in its {@code meta}. */
    public static Labels read(Meta meta) {
        var sensitivities = new TreeMap<String, LabelBasis>();
        var confidentiality = Confidentiality.N;
        for (var label : meta.getSecurity()) {
            if (isSensitivity(label)) {
                sensitivities.put(label.getCode(), LabelBasis.SOURCE);
            } else if (isConfidentiality(label)) {
                var level = Confidentiality.ofCode(label.getCode()).orElse(Confidentiality.N);
                confidentiality = level.isAtLeast(confidentiality) ? level : confidentiality;
            }
        }
        return new Labels(sensitivities, confidentiality, LabelBasis.SOURCE);
    }

    /** Says that elements carry labels, where they do. Source: HL7 DS4P 1.0.0, inline security labels. */
    static void announceInline(Resource resource) {
        var security = resource.getMeta().getSecurity();
        var said = security.stream().anyMatch(label -> SecurityLabel.HAS_INLINE_LABELS.equals(label.getCode()));
        if (!said && !InlineLabels.in(resource).isEmpty()) {
            resource.getMeta().addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, SecurityLabel.HAS_INLINE_LABELS, null);
        }
    }

    /** Puts labels on a resource, in addition to what it bears; a lower confidentiality gives way. */
    public static void write(Labels labels, Meta meta) {
        var borne = read(meta);
        // Only what is stored with the resource may be said about it; bases are kept beside it.
        meta.getSecurity().forEach(label -> label.setExtension(null));
        labels.sensitivities().keySet().stream()
                .filter(code -> !borne.sensitivities().containsKey(code))
                .forEach(code -> meta.addSecurity(SecurityLabel.SENSITIVITY_SYSTEM, code, null));
        if (!borne.confidentiality().isAtLeast(labels.confidentiality())) {
            meta.getSecurity().removeIf(Labeller::isConfidentiality);
            meta.addSecurity(Confidentiality.SYSTEM, labels.confidentiality().name(), null);
        }
    }

    static boolean isSensitivity(Coding label) {
        return SecurityLabel.isSensitivity(label.getSystem(), label.getCode());
    }

    static boolean isConfidentiality(Coding label) {
        return Confidentiality.SYSTEM.equals(label.getSystem());
    }
}
