/** What receivers of alerts are told. */
package dev.atalaya.it.alerts;
