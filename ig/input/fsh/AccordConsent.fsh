Profile: AccordConsent
Parent: Consent
Id: accord-consent
Title: "Accord Consent"
Description: """
A patient's consent to the release of their records, in the shape Accord can carry out to the letter.

The base rule is the type of the root provision, or else the policy rule. Nested provisions are exceptions to it, at
any depth. What would leave room for two readings is not stored: it is answered with 422 and the reason.
"""
* obeys accord-base-rule and accord-untyped-root and accord-nested-type
* status MS
* status ^short = "Only an active consent takes part in a decision"
* scope MS
* scope = $scope#patient-privacy
* category MS
* patient 1..1 MS
* patient only Reference(Patient)
* patient ^short = "Whose records this consent is about"
* policyRule MS
* policyRule ^short = "The base rule when the root provision has no type: OPTIN, OPTINR and IMPLIED permit, OPTOUT and OPTOUTE deny"
* provision MS
* provision ^short = "The base rule, when it has a type, and the exceptions to it"
* provision.type MS
* provision.type ^short = "The base rule; it goes before the policy rule"
* provision.period MS
* provision.period ^short = "When this consent holds"
* provision.provision MS
* provision.provision ^short = "An exception; needs a type at every depth"

Invariant: accord-base-rule
Description: "There is a base rule: the root provision has a type, or the policy rule is one of OPTIN, OPTINR, IMPLIED, OPTOUT, OPTOUTE"
Severity: #error
Expression: "provision.type.exists() or policyRule.coding.where(system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode' and (code = 'OPTIN' or code = 'OPTINR' or code = 'IMPLIED' or code = 'OPTOUT' or code = 'OPTOUTE')).exists()"

Invariant: accord-untyped-root
Description: "A root provision without a type has no criterion but a period, since it is unclear whether such a criterion narrows the base rule or makes an exception to it"
Severity: #error
Expression: "provision.where(type.empty()).all(actor.empty() and action.empty() and securityLabel.empty() and purpose.empty() and class.empty() and code.empty() and dataPeriod.empty() and data.empty())"

Invariant: accord-nested-type
Description: "A nested provision, at any depth, has a type"
Severity: #error
Expression: "provision.provision.all(type.exists()) and provision.descendants().provision.all(type.exists())"
