package org.accordhie.consent.web;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.ReleasedViews;
import org.accordhie.consent.jpa.ReleaseClasses;
import org.accordhie.consent.jpa.RulesKnown;
import org.accordhie.consent.web.ConsentEnforcementPoint.Deciding;
import org.accordhie.fhirserver.StorageView;
import org.accordhie.smart.AccessGrant;
import org.springframework.transaction.support.TransactionTemplate;

/** The released view of a snapshot, opened for a grant. Thread-safe. */
final class GrantedView implements ReleasedViews {

    private final TransactionTemplate snapshot;
    private final Deciding deciding;
    private final Clock clock;

    GrantedView(TransactionTemplate snapshot, Deciding deciding, Clock clock) {
        this.snapshot = snapshot;
        this.deciding = deciding;
        this.clock = clock;
    }

    @Override
    public <T> T look(AccessGrant grant, List<String> letters, Supplier<T> storage) {
        return StorageView.RELEASED.during(() -> snapshot.execute(status -> {
            var asking = open(grant, letters);
            var found = storage.get();
            takeDown(asking.request());
            return found;
        }));
    }

    /**
     * Who asks, with what holds at this moment.
     *
     * @param request the question
     * @param rules the rules that the transaction sees
     * @param reach as far as the token reaches
     */
    record Asking(AccessRequest request, RulesKnown rules, Reach reach) {}

    /**
     * Opens the running transaction's view. It is opened with the rules that this node knows, and once more if the transaction
     * sees others.
     */
    Asking open(AccessGrant grant, List<String> letters) {
        var remembered = new RulesKnown(
                deciding.policies().remembered(), deciding.classes().remembered());
        var request = asking(grant, remembered);
        var opened = deciding.view().open(grant, letters, request, remembered);
        return remembered.areOf(opened.stamp())
                ? new Asking(request, remembered, opened.reach())
                : openAnew(grant, letters);
    }

    private Asking openAnew(AccessGrant grant, List<String> letters) {
        var rules = read();
        var request = asking(grant, rules);
        return new Asking(
                request,
                rules,
                deciding.view().open(grant, letters, request, rules).reach());
    }

    /** The rules that the running transaction sees. */
    RulesKnown read() {
        return new RulesKnown(deciding.policies().read(), deciding.classes().known());
    }

    /** What was looked at in an emergency, in the transaction of the look. */
    void takeDown(AccessRequest request) {
        var glass = request.breakGlass();
        if (glass != null) {
            deciding.emergencies().used(request.requester(), glass, request.at());
        }
    }

    /** The question of this moment, with the care teams and roles that the requester has. */
    AccessRequest asking(AccessGrant grant, RulesKnown rules) {
        var now = clock.instant();
        var requester = grant.requester();
        var named = new HashSet<>(rules.classes().named());
        named.addAll(rules.policy().recipients(ReleaseClasses.TEAMS));
        var memberships = deciding.directory().membershipsOf(requester.members(), now, named);
        var declared = grant.breakGlass();
        var glass = declared == null
                ? null
                : deciding.emergencies().inForce(requester, declared, now).orElse(null);
        return new AccessRequest(requester.with(memberships), AccessRequest.ACCESS, now, glass);
    }
}
