package org.accordhie.exchange;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.accordhie.local.LaunchBrowser;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** A patient of the sample launches an app by themselves, and the app sees the record that was picked and no other. */
@ExchangeTest
class StandaloneLaunchIT {

    private static final String APP = "dev-patient-app-web";
    private static final String REDIRECT = "http://127.0.0.1:3000/index.html";
    private static final String VERIFIER = "a-verifier-of-43-characters-or-more-0123456789";

    @Autowired
    Exchange exchange;

    @Value("http://127.0.0.1:${accord.development.issuer-port}")
    String issuer = "";

    @Test
    void opensTheRecordThatWasPickedAndNoOther() {
        var cory = Person.CORY.identifier();
        var records = LaunchBrowser.records(browser().picker(request(), cory).body());
        assertThat(records).hasSizeGreaterThan(1);
        var picked = records.get(1);

        var app = exchange.with(redeem(LaunchBrowser.code(browser().launch(request(), cory, picked))));

        app.get("Patient/" + picked).then().statusCode(200);
        app.get("Patient/" + records.get(0)).then().statusCode(404);
        assertThat(app.search("Patient").matches()).containsExactly("Patient/" + picked);
        assertThat(app.search("Condition?_include=Condition:subject").included())
                .containsOnly("Patient/" + picked);
        app.post("Condition", "{\"resourceType\":\"Condition\"}").then().statusCode(403);
    }

    private LaunchBrowser browser() {
        return new LaunchBrowser(URI.create(issuer));
    }

    private Map<String, String> request() {
        return Map.of(
                "response_type",
                "code",
                "client_id",
                APP,
                "redirect_uri",
                REDIRECT,
                "scope",
                "launch/patient patient/*.rs",
                "state",
                "1",
                "aud",
                exchange.base(),
                "code_challenge",
                LaunchBrowser.challenge(VERIFIER),
                "code_challenge_method",
                "S256");
    }

    private String redeem(String code) {
        return given().formParams(Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", REDIRECT,
                        "client_id", APP,
                        "code_verifier", VERIFIER))
                .post(issuer + "/oauth2/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }
}
