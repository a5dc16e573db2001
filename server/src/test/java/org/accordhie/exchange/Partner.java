package org.accordhie.exchange;

/** Who asks, as the development authorization server knows them. */
enum Partner {
    /** Treats; pushes nothing. */
    RIVERSIDE_CLINIC("dev-riverside-clinic", "Organization/riverside-clinic", "system/*.cruds"),
    /** Treats, and pushes what it records. */
    LAKESIDE_HOSPITAL("dev-lakeside-hospital", "Organization/lakeside-hospital", "system/*.cruds"),
    /** Does research. */
    RESEARCH_INSTITUTE("dev-research-institute", "Organization/research-institute", "system/*.cruds"),
    /** Keeps the consents. */
    PRIVACY_OFFICER("dev-privacy-officer", "Organization/accord-exchange", "user/*.cruds"),
    /** One patient's own app, which must be told whose. */
    PATIENT_APP("dev-patient-app", "Organization/accord-exchange", "patient/*.cruds");

    final String client;
    final String organization;
    final String scope;

    Partner(String client, String organization, String scope) {
        this.client = client;
        this.organization = organization;
        this.scope = scope;
    }

    String secret() {
        return client.replaceFirst("^dev-", "development-only-");
    }
}
