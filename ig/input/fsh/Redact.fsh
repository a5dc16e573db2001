Extension: Redact
Id: redact
Title: "Redact"
Description: """
An element that is taken out of what the provision's requesters get, as FHIRPath names it from its type on: `Patient.telecom`.

It stands on a provision of a policy that permits and has no exceptions. Such a provision says by actor, purpose, action and
period alone when it holds.
"""
Context: Consent.provision, Consent.provision.provision
* value[x] 1..1
* value[x] only string
* valueString obeys accord-element-path

Invariant: accord-element-path
Description: "It is a resource type and the names of elements, with dots between them"
Severity: #error
Expression: "matches('^[A-Z][A-Za-z]*([.][a-z][A-Za-z0-9]*)+$')"
