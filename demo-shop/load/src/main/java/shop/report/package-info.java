/**
 * The report: runs both editions of the shop under the same load, reads what Gatling and the agent
 * measured, and writes it as one page and as JSON.
 */
package shop.report;
