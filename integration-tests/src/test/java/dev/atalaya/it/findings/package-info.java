/** What is found, what is not, and whether the suggestions help. */
package dev.atalaya.it.findings;
