package org.accordhie.consent.web;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.accordhie.consent.AccessRequest;
import org.accordhie.consent.ReleasePolicy;
import org.accordhie.consent.ReleasedViews;
import org.accordhie.consent.jpa.ReleaseClasses;
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
            var known = deciding.classes().known();
            var policy = deciding.policies().inForce();
            var request = asking(grant, known, policy);
            deciding.view().open(grant, letters, request, policy, known);
            var found = storage.get();
            takeDown(request);
            return found;
        }));
    }

    /** What was looked at in an emergency, in the transaction of the look. */
    void takeDown(AccessRequest request) {
        var glass = request.breakGlass();
        if (glass != null) {
            deciding.emergencies().used(request.requester(), glass, request.at());
        }
    }

    /** The question of this moment, with the care teams and roles that the requester has. */
    AccessRequest asking(AccessGrant grant, ReleaseClasses.Known known, ReleasePolicy policy) {
        var now = clock.instant();
        var requester = grant.requester();
        var named = new HashSet<>(known.named());
        named.addAll(policy.recipients(ReleaseClasses.TEAMS));
        var memberships = deciding.directory().membershipsOf(requester.members(), now, named);
        var declared = grant.breakGlass();
        var glass = declared == null
                ? null
                : deciding.emergencies().inForce(requester, declared, now).orElse(null);
        return new AccessRequest(requester.with(memberships), AccessRequest.ACCESS, now, glass);
    }
}
