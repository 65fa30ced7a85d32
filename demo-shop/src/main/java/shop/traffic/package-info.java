/** A bounded visitor crowd for demonstrations. */
package shop.traffic;
