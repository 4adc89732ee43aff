-- People whose names are markup: an agent's name, a team, an agent's key, and the customers of the last
-- day's exceptions.
UPDATE agents SET name = '<script>alert(1)</script>' WHERE agent = 'A02';
UPDATE agents SET team = '<!--<script>&lt;' || char(8232) || '"''\' WHERE agent = 'A03';
UPDATE messages SET agent = '<img src=x onerror=alert(2)>' WHERE agent = 'A04';
UPDATE messages SET customer = '</script><script>alert(3)</script>' WHERE customer = 'tb_01941';
UPDATE ratings SET customer = '</script><script>alert(3)</script>' WHERE customer = 'tb_04540';
