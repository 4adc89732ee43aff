-- units_per_buyer 客件数: items sold / payers
SELECT agent, total(quantity) / count(DISTINCT customer) AS units_per_buyer
  FROM plain_deal GROUP BY agent;
