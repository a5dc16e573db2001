package org.accordhie.labels.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.accordhie.labels.Labels;
import org.accordhie.labels.Reclassification;
import org.accordhie.labels.Relabelled;
import org.accordhie.labels.StoredLabels.Version;
import org.accordhie.labels.jpa.LabelTable;
import org.accordhie.labels.jpa.TagTable;
import org.accordhie.labels.jpa.VersionTable;
import org.accordhie.labels.jpa.VersionTable.Stored;
import org.hl7.fhir.r4.model.Resource;

/**
 * Labels what is stored by the rules of today, as if it had been pushed under them: each version with what its source gave
 * it, what the rules find, and what it takes over from the version before and from what it refers to. What a former rule
 * found and none finds any more goes away. Not thread-safe.
 */
public final class Relabelling {

    private final Labeller labeller;
    private final Tables tables;
    private final Reclassification reclassification;
    private final IParser parser;

    /** What telling resources without a patient are labelled with from now on, also where a dry run does not write it. */
    private final Map<String, Labels> shared = new HashMap<>();

    public Relabelling(FhirContext context, Labeller labeller, Tables tables, Reclassification reclassification) {
        this.labeller = labeller;
        this.tables = tables;
        this.reclassification = reclassification;
        this.parser = context.newJsonParser();
    }

    /**
     * Where labels are kept.
     *
     * @param versions what is stored
     * @param bases why labels are there
     * @param tags the labels as HAPI reads them
     */
    public record Tables(VersionTable versions, LabelTable bases, TagTable tags) {}

    /**
     * What came of a unit.
     *
     * @param versions how many were looked at
     * @param changed how many of them have other labels than before
     */
    public record Outcome(long versions, long changed) {}

    /** Labels a unit, in the running transaction. */
    public Outcome label(String unit) {
        var patient = VersionTable.patientOf(unit);
        if (patient != null) {
            reclassification.hold(Set.of(patient));
        }
        var round = new Round(patient == null ? shared : new HashMap<>());
        tables.versions().read(unit, TellingReferences.TELLING, round::label);
        round.write();
        return new Outcome(round.versions, round.relabelled.size());
    }

    /** One unit: what is found while it is read, and written when all of it has been. */
    private final class Round {

        private final List<Based> based = new ArrayList<>();
        private final List<Based> relabelled = new ArrayList<>();
        private final Map<String, Optional<Labels>> outside = new HashMap<>();
        private final Map<String, Labels> told;
        private long versions;
        private long resource = -1;
        private Labels former = Labels.NONE;

        Round(Map<String, Labels> told) {
            this.told = told;
        }

        private void label(Stored stored) {
            if (stored.resource() != resource) {
                resource = stored.resource();
                former = Labels.NONE;
            }
            versions++;
            var text = stored.text();
            var given = stored.labels().bySource();
            var labels = text == null
                    ? given.with(former)
                    : labeller.labelsOf((Resource) parser.parseResource(text), given, former, this::labelsOf);
            former = labels.byRules();
            if (stored.isCurrent()
                    && TellingReferences.isTelling(stored.version().type())) {
                told.put(stored.address(), labels);
            }
            if (!labels.equals(stored.labels())) {
                based.add(new Based(stored, labels));
                if (!labels.sameAs(stored.labels())) {
                    relabelled.add(new Based(stored, labels));
                }
            }
        }

        private Optional<Labels> labelsOf(String address) {
            var known = told.getOrDefault(address, shared.get(address));
            return known != null
                    ? Optional.of(known)
                    : outside.computeIfAbsent(
                            address,
                            asked -> Optional.ofNullable(
                                    tables.bases().of(Set.of(asked)).get(asked)));
        }

        private void write() {
            var bases = new HashMap<Version, Labels>();
            based.forEach(each -> bases.put(each.stored().version(), each.labels()));
            tables.bases().replace(bases);
            relabelled.forEach(each -> tables.tags().replace(each.stored(), each.labels()));
            if (!relabelled.isEmpty()) {
                reclassification.relabel(relabelled.stream()
                        .map(each -> new Relabelled(
                                each.stored().resource(),
                                each.stored().version().version(),
                                each.labels()))
                        .toList());
            }
        }
    }

    private record Based(Stored stored, Labels labels) {}
}
