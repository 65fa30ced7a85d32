/** What the agent costs a service, beside no agent and beside OpenTelemetry's: see docs/cost.md. */
package dev.atalaya.it.cost;
