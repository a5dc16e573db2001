package org.accordhie.fhirserver.gate;

/** Ends a scan or the admission of a request. */
final class Refusal extends Exception {

    private final Problem problem;

    Refusal(Problem problem) {
        // A hostile client can cause many of these; a stack trace would make each of them dear.
        super(problem.name(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
