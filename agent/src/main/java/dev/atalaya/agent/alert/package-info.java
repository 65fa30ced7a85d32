/** Tells people and their tools about findings: the log, a webhook, Slack, an Alertmanager. */
@NullMarked
package dev.atalaya.agent.alert;

import org.jspecify.annotations.NullMarked;
