from . import client_place, res_city, res_city_zip
