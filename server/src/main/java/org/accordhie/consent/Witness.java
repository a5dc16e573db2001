package org.accordhie.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.vocabulary.Coding;
import org.accordhie.vocabulary.PurposeOfUse;
import org.accordhie.vocabulary.Requester;
import org.accordhie.vocabulary.ResourceFacts;
import org.accordhie.vocabulary.ResourceFacts.Labels;
import org.accordhie.vocabulary.ResourceFacts.Origin;
import org.accordhie.vocabulary.TimeSpan;

/**
 * Questions that several rules all speak of. Only what they name in common is put into one: somebody who is of two
 * organisations that two rules name is not thought up. Empty where they have nothing in common.
 */
final class Witness {

    private static final String NOBODY = "Organization/-";
    private static final String UNNAMED = "Basic";

    private final List<RequesterCriteria> requesters;
    private final List<ResourceCriteria> resources;

    /** Questions of rules that have their criteria still to be asked. */
    Witness(Collection<Provision> rules) {
        requesters = rules.stream()
                .map(Provision::requester)
                .filter(RequesterCriteria.class::isInstance)
                .map(RequesterCriteria.class::cast)
                .toList();
        resources = rules.stream()
                .map(Provision::resource)
                .filter(ResourceCriteria.class::isInstance)
                .map(ResourceCriteria.class::cast)
                .toList();
    }

    /** At one instant, one for each way to label the resource. */
    Stream<Question> at(Instant instant) {
        return request(instant).stream()
                .flatMap(request -> resources()
                        .map(facts -> new Question(
                                request,
                                request.requester().purposes().stream()
                                        .findFirst()
                                        .orElse(null),
                                facts)));
    }

    private Optional<AccessRequest> request(Instant instant) {
        var recipients =
                common(requesters.stream().map(RequesterCriteria::recipients).toList());
        var actions = common(requesters.stream().map(RequesterCriteria::actions).toList());
        var purpose = Arrays.stream(PurposeOfUse.values())
                .filter(each ->
                        requesters.stream().allMatch(criteria -> criteria.matchPurpose(each) == Match.CERTAINLY))
                .findFirst();
        if (recipients.isEmpty() || actions.isEmpty() || purpose.isEmpty()) {
            return Optional.empty();
        }
        var actor = recipients.get().stream().sorted().findFirst().orElse(NOBODY);
        var action = actions.get().stream().sorted().findFirst().orElse(AccessRequest.ACCESS);
        return Optional.of(new AccessRequest(somebody(actor, purpose.get()), action, instant));
    }

    private static Requester somebody(String actor, PurposeOfUse purpose) {
        return new Requester("-", "", NOBODY, Set.of(actor), null, null, Set.of(), Set.of(), Set.of(purpose));
    }

    private Stream<ResourceFacts> resources() {
        var origins = common(resources.stream().map(ResourceCriteria::origins).toList());
        var data = common(resources.stream().map(ResourceCriteria::data).toList());
        var codes = common(resources.stream()
                .map(criteria -> criteria.codes().isEmpty()
                        ? Set.<Coding>of()
                        : nonEmpty(criteria.codes().codes()))
                .toList());
        var dates = dates();
        if (origins.isEmpty() || data.isEmpty() || codes.isEmpty() || dates.isEmpty()) {
            return Stream.empty();
        }
        var criteria = new Common(origins.get(), data.get(), codes.get(), dates.get());
        return classes()
                .flatMap(kind -> labels().map(labels -> criteria.resource(kind, labels)))
                .filter(facts -> resources.stream()
                        .allMatch(
                                each -> each.matchData(facts) && each.classes().holds(facts)));
    }

    /** A value set alone names no code that could be put into a resource. */
    private static Set<Coding> nonEmpty(Set<Coding> codes) {
        return codes.isEmpty() ? Set.of(new Coding("", "")) : codes;
    }

    private Stream<Labels> labels() {
        return LabelSamples.singles(
                resources.stream().map(ResourceCriteria::labels).toList())
                .stream();
    }

    private Stream<Kind> classes() {
        var kinds = new ArrayList<Kind>();
        for (var criteria : resources) {
            criteria.classes().types().stream().sorted().forEach(type -> kinds.add(new Kind(type, Set.of(), Set.of())));
            criteria.classes().profiles().forEach(profile -> kinds.add(new Kind(UNNAMED, Set.of(profile), Set.of())));
            criteria.classes()
                    .documents()
                    .forEach(type -> kinds.add(new Kind("DocumentReference", Set.of(), Set.of(type))));
            criteria.data()
                    .forEach(each -> kinds.add(new Kind(
                            each.reference().substring(0, each.reference().indexOf('/')), Set.of(), Set.of())));
        }
        kinds.add(new Kind(UNNAMED, Set.of(), Set.of()));
        return kinds.stream().distinct();
    }

    /** The time that all periods of data share; empty where they share none. */
    private Optional<TimeSpan> dates() {
        var shared = TimeSpan.ALWAYS;
        for (var criteria : resources) {
            var period = criteria.dataPeriod();
            if (period != null && !period.overlaps(shared)) {
                return Optional.empty();
            }
            shared = period == null ? shared : new TimeSpan(later(shared, period), earlier(shared, period));
        }
        return Optional.of(shared);
    }

    private static @org.jspecify.annotations.Nullable Instant later(TimeSpan one, TimeSpan other) {
        if (one.from() == null || other.from() == null) {
            return one.from() == null ? other.from() : one.from();
        }
        return one.from().isAfter(other.from()) ? one.from() : other.from();
    }

    private static @org.jspecify.annotations.Nullable Instant earlier(TimeSpan one, TimeSpan other) {
        if (one.until() == null || other.until() == null) {
            return one.until() == null ? other.until() : one.until();
        }
        return one.until().isBefore(other.until()) ? one.until() : other.until();
    }

    /** What all that name something name together; an empty set where none does, and nothing where they have none together. */
    private static <T> Optional<Set<T>> common(List<? extends Collection<T>> named) {
        Set<T> shared = null;
        for (var each : named) {
            if (shared == null && !each.isEmpty()) {
                shared = new HashSet<>(each);
            } else if (shared != null && !each.isEmpty()) {
                shared.retainAll(each);
            }
        }
        if (shared == null) {
            return Optional.of(Set.of());
        }
        return shared.isEmpty() ? Optional.empty() : Optional.of(shared);
    }

    /** A kind of resource. */
    private record Kind(String type, Set<String> profiles, Set<Coding> documents) {}

    /** What the rules name together. */
    private record Common(Set<String> origins, Set<DataReference> data, Set<Coding> codes, TimeSpan dates) {

        ResourceFacts resource(Kind kind, Labels labels) {
            var named = data.stream().map(DataReference::reference).sorted().toList();
            var same = named.stream()
                    .filter(each -> each.startsWith(kind.type() + "/"))
                    .findFirst();
            var from = new HashSet<>(origins);
            from.addAll(named);
            return new ResourceFacts(
                    kind.type(),
                    same.map(each -> each.substring(each.indexOf('/') + 1)).orElse(""),
                    1,
                    Set.of(),
                    Set.of(),
                    codes,
                    kind.documents(),
                    kind.profiles(),
                    labels,
                    dates,
                    new Origin("", from, from),
                    new HashSet<>(named));
        }
    }
}
